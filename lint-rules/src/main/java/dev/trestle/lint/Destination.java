package dev.trestle.lint;

import com.sun.source.util.TreePath;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of an expression ends up.
 *
 * @param kind what takes it
 * @param value the outermost expression that still yields the value, or the container it is in
 * @param link the last call on the way there, where a finding about the value stands
 * @param site what takes it: the statement, call, variable or function
 * @param variable the local variable, for {@link Kind#LOCAL} and {@link Kind#ADDED}
 * @param contained whether the value went into a container on its way
 */
public record Destination(
    Kind kind,
    TreePath value,
    TreePath link,
    TreePath site,
    @Nullable VariableElement variable,
    boolean contained) {

  /** What takes a value. */
  public enum Kind {
    /** An expression statement: nobody. */
    DROPPED,
    /** The body of a lambda whose function gives nothing back: nobody. */
    VOID_LAMBDA,
    /** A return statement. */
    RETURNED,
    /** The caller of the lambda whose body this is. */
    LAMBDA_RESULT,
    /** A local variable or parameter is set to it. */
    LOCAL,
    /** A container in a local variable takes it in. */
    ADDED,
    /** A field, or an element of a container that is no local. */
    STORED,
    /** A method or constructor takes it as an argument. */
    ARGUMENT,
    /** A method is called on it. */
    RECEIVER,
    /** Text, a null check or a comparison: seen, and gone. */
    LOOKED_AT,
    /** Its state is asked for. */
    POLLED,
    /** Anything else. */
    OTHER
  }
}
