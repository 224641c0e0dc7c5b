package io.fincore.providers;

/**
 * Reads what a provider has said as an answer to one question.
 *
 * @param <T> what the provider tells
 */
@FunctionalInterface
interface AnswerReader<T> {

    /**
     * @param status any but 404, 429 and 503, which mean the same whatever was asked
     * @return {@link Reply#ofStatus} for a status that brings no answer
     */
    Reply<T> read(int status, String body);
}
