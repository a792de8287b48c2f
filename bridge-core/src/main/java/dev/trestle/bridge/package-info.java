/** Blocking code and async code call each other. */
@NullMarked
package dev.trestle.bridge;

import org.jspecify.annotations.NullMarked;
