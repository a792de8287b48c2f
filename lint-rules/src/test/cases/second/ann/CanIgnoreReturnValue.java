package cases.second.ann;

/** The annotation of another house. */
public @interface CanIgnoreReturnValue {}
