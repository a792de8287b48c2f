/**
 * Recognises the event dispatch thread of AWT and Swing, so that waiting on it is refused, and what
 * a listener gets from {@code SyncToAsync} is delivered there again, where components may be
 * touched.
 *
 * <p>There is nothing to call or to set up, and a program without windows pays nothing: AWT is not
 * even loaded. What waits in a modal dialog holds up nothing that is delivered, since the dialog
 * goes on dispatching events.
 *
 * <p>{@code SyncToAsync.on(EventQueue::invokeLater)} is a method reference, which nobody can look
 * into: a body there is refused only when it first waits. Use {@code concurrent()}.
 */
@NullMarked
package dev.trestle.bridge.swing;

import org.jspecify.annotations.NullMarked;
