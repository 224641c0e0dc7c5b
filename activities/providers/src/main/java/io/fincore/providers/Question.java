package io.fincore.providers;

import java.net.http.HttpRequest;

/**
 * What a provider is asked by one HTTP request.
 *
 * @param route method and path without ids, the name of the call's span
 * @param idAttribute under what name the span has the id
 * @param <T> what the provider tells
 */
record Question<T>(HttpRequest.Builder request, String route, String idAttribute, String id, AnswerReader<T> reader) {}
