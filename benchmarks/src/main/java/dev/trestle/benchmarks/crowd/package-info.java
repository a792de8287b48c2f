/** Many blocking calls at once. */
@NullMarked
package dev.trestle.benchmarks.crowd;

import org.jspecify.annotations.NullMarked;
