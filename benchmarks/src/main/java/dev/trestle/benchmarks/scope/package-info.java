/**
 * One thread for one request: what it costs to get it, to make one call on it, and to give it back.
 */
@NullMarked
package dev.trestle.benchmarks.scope;

import org.jspecify.annotations.NullMarked;
