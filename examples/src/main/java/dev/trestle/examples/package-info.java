/** Programs that use Trestle for real, and the code of the README. */
@NullMarked
package dev.trestle.examples;

import org.jspecify.annotations.NullMarked;
