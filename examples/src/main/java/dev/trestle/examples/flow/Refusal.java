package dev.trestle.examples.flow;

/** Why a request gets something else than it asked for, and the HTTP status that says so. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final int status;

  private Refusal(int status, String reason) {
    super(reason, null, false, false); // nobody reads the stack of a customer's mistake
    this.status = status;
  }

  static Refusal badRequest(String reason) {
    return new Refusal(400, reason);
  }

  static Refusal paymentRequired(String reason) {
    return new Refusal(402, reason);
  }

  static Refusal forbidden(String reason) {
    return new Refusal(403, reason);
  }

  static Refusal notFound(String reason) {
    return new Refusal(404, reason);
  }

  static Refusal wrongMethod(String reason) {
    return new Refusal(405, reason);
  }

  static Refusal conflict(String reason) {
    return new Refusal(409, reason);
  }

  static Refusal tooLarge(String reason) {
    return new Refusal(413, reason);
  }
}
