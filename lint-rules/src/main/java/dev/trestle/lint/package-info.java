/**
 * A checker for futures that nobody awaits: the engine and its two doors, a javac plugin ({@link
 * dev.trestle.lint.TrestleLintPlugin}) and a command line ({@link dev.trestle.lint.Main}).
 *
 * <p>Reading order: {@link dev.trestle.lint.Rule} and {@link dev.trestle.lint.RuleContext} are what
 * a rule sees. Behind the context stand {@link dev.trestle.lint.FutureTypes} (what is a future),
 * {@link dev.trestle.lint.Origins} (who made this one), {@link dev.trestle.lint.Destinations} and
 * {@link dev.trestle.lint.LocalFlow} (where it goes), and {@link dev.trestle.lint.Surroundings}
 * (what may run here).
 *
 * <p>Only exported packages of the compiler are used, so it runs on any JDK from 17 up without
 * flags. Nothing here is thread-safe: javac runs one compilation on one thread.
 */
@NullMarked
package dev.trestle.lint;

import org.jspecify.annotations.NullMarked;
