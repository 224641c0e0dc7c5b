package io.fincore.api.customers;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that is stored of a customer.
 *
 * @param format 1; raised when sections are renamed or leave, not when one or a field is added
 * @param data rows by section, all of one instant
 */
record CustomerExportBody(
        String object, String customer, int format, Instant exportedAt, Map<String, List<Map<String, Object>>> data) {}
