/**
 * From a loop to a blocking body and back on the loop: in each contender the loop's thread hands a
 * body to threads that may block, and the body's value arrives in a callback on the loop.
 *
 * <p>{@link dev.trestle.benchmarks.hop.Route} is what a contender is; {@link
 * dev.trestle.benchmarks.hop.Chain} makes one hop after the other; the two cases differ in how many
 * chains there are.
 */
@NullMarked
package dev.trestle.benchmarks.hop;

import org.jspecify.annotations.NullMarked;
