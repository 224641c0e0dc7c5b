package io.fincore.api.erasures;

/** The order of an erasure as its request has left it, from which its workflow can be started anew. */
record ErasureClaim(String id, String correlationId, ErasureDocument document) {}
