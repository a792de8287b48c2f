/**
 * One application behind two servers, a blocking and an async one: a template for a service that
 * moves from the one to the other, step by step.
 *
 * <p>Read {@code Application} and {@code Chain} first, then {@code Shop}, whose views are of either
 * colour, and the two servers, {@code JettyDoor} and {@code VertxDoor}.
 */
@NullMarked
package dev.trestle.examples.flow;

import org.jspecify.annotations.NullMarked;
