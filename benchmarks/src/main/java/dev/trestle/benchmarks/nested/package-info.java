/**
 * Blocking code calls async code, which calls blocking code that belongs on the very thread that is
 * blocked.
 */
@NullMarked
package dev.trestle.benchmarks.nested;

import org.jspecify.annotations.NullMarked;
