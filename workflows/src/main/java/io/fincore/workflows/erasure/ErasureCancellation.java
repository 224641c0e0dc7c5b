package io.fincore.workflows.erasure;

/** @param actor who says that the person has changed their mind */
public record ErasureCancellation(String actor) {}
