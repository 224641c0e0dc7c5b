package io.fincore.postgres;

/** The PostgreSQL roles of the platform. */
public enum DatabaseRole {
    OWNER("fincore_owner"),
    WORKER("fincore_worker"),
    API("fincore_api");

    private final String roleName;

    DatabaseRole(String roleName) {
        this.roleName = roleName;
    }

    public String roleName() {
        return roleName;
    }
}
