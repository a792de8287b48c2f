/** Tests of the engine and its doors, and the support for tests of rules. */
@NullMarked
package dev.trestle.lint;

import org.jspecify.annotations.NullMarked;
