/** The rules, one class each; every rule has a page and a test of the same name. */
@NullMarked
package dev.trestle.lint.rules;

import org.jspecify.annotations.NullMarked;
