package io.fincore.api;

import java.util.function.Function;

/**
 * One operation as the right caller calls it.
 *
 * @param operation method and path, as in api/openapi.yaml
 * @param notFound the code of the 404 for others; empty where there is none
 * @param right the status for the right caller
 */
record MatrixRow(String operation, Reach reach, String notFound, int right, Function<Ground, MatrixCall> call) {

    /** Who else finds what one principal owns. */
    enum Reach {
        /** Nobody: others get the same 404 as for nothing. */
        OWN,
        /** Others of the tenant do. */
        TENANT,
        /** A list: others get it without. */
        OWN_LIST,
        /** A list: others of the tenant get it too. */
        TENANT_LIST,
        /** It belongs to nobody, or to whoever creates it. */
        EVERYBODY,
        /** It is for a provider that signs. */
        SIGNED
    }

    boolean isList() {
        return reach == Reach.OWN_LIST || reach == Reach.TENANT_LIST;
    }

    boolean isSigned() {
        return reach == Reach.SIGNED;
    }
}
