/** What Trestle costs, beside its peers and beside code by hand. */
@NullMarked
package dev.trestle.benchmarks;

import org.jspecify.annotations.NullMarked;
