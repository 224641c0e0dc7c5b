package io.fincore.api.security;

import java.util.Locale;

/** What a person may do, from the token's {@code roles} claim. None contains another (docs/adr/0019-scopes-and-roles.md). */
public enum Role {
    /** Repairs sagas, replays what was laid aside. */
    OPERATOR,
    /** Decides cases. */
    COMPLIANCE_OFFICER,
    /** Reads the audit log, has the book checked, rules the platform. */
    ADMIN;

    static final String AUTHORITY = "ROLE_";

    /** As it stands in the claim. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
