/** One test per rule, named like it. */
@NullMarked
package dev.trestle.lint.rules;

import org.jspecify.annotations.NullMarked;
