/**
 * What calls within calls, a {@code Limiter} and a deadline add to a call of ours; the limit is the
 * same call without them.
 */
@NullMarked
package dev.trestle.benchmarks.graph;

import org.jspecify.annotations.NullMarked;
