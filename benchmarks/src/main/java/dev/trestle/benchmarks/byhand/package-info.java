/**
 * A loop and a pool by hand, for the limits: what it costs to hand work from thread to thread where
 * nothing else is asked for.
 */
@NullMarked
package dev.trestle.benchmarks.byhand;

import org.jspecify.annotations.NullMarked;
