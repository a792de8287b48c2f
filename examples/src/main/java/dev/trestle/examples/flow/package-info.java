/**
 * One web program with a blocking and an async door, and a page that shows what its requests do.
 */
@NullMarked
package dev.trestle.examples.flow;

import org.jspecify.annotations.NullMarked;
