package io.fincore.api.bookchecks;

import java.util.List;

/**
 * What one of the checks has found.
 *
 * @param check its name, {@code transactions-balance}
 * @param meaning what should hold
 * @param violations how many rows break it, 0 if it holds
 * @param culprits some of them, in words
 */
record BookCheckFinding(String check, String meaning, long violations, List<String> culprits) {}
