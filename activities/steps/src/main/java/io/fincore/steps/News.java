package io.fincore.steps;

import java.util.Map;

/**
 * What a customer is to be told.
 *
 * @param template names the words, which are the provider's
 * @param values what the template's placeholders stand for
 */
record News(String customerId, String template, Map<String, String> values) {

    News {
        values = Map.copyOf(values);
    }
}
