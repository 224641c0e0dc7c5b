package io.fincore.api.inbound;

/**
 * What an order to replay many has done.
 *
 * @param replayed how many are pending again
 * @param hasMore whether dead ones that fit are left: an order takes 1,000
 */
record ReplaysBody(String object, int replayed, boolean hasMore) {}
