/**
 * Tasks from one thread or more run on one, in order: what it costs to hand one over and to run it.
 */
@NullMarked
package dev.trestle.benchmarks.serial;

import org.jspecify.annotations.NullMarked;
