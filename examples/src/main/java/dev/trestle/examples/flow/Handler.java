package dev.trestle.examples.flow;

/** Answers requests: a {@link BlockingHandler}, an {@link AsyncHandler}, or both. */
interface Handler {}
