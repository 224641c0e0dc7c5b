package io.fincore.workflows.bank;

/** The bank's answers in words, for the timeline that operators read. */
final class Words {

    private Words() {}

    static String of(BankAnswer answer) {
        return switch (answer) {
            case BankAnswer.Settled settled -> "settled as `" + settled.bankReference() + "`";
            case BankAnswer.Accepted accepted -> "accepted as `" + accepted.bankReference() + "`, not final";
            case BankAnswer.Rejected rejected -> "rejected: " + rejected.code() + " " + rejected.detail();
            case BankAnswer.Unknown unknown -> "unknown: " + unknown.detail();
            case BankAnswer.NotKnown notKnown -> "the bank knows of no such order";
            case BankAnswer.NeverSent neverSent -> "not sent, and never will be";
        };
    }
}
