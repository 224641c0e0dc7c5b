package io.fincore.dev.stack;

import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.client.PayloadKeys;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/**
 * Passwords of one stack, made up when it first starts and kept in a file that only its owner may read. Loopback is no
 * border on a machine with several users, so even here nobody gets in without one.
 */
public final class Secrets {

    private static final int BYTES = 24;
    private static final String CALLBACK = "callback";
    private static final String KYC_CALLBACK = "kyc-callback";
    private static final String PAYLOAD_KEYS = "payload-keys";
    private static final String SUPERUSER = "postgres";

    private final StackFolder folder;
    private final Properties values;

    private Secrets(StackFolder folder, Properties values) {
        this.folder = folder;
        this.values = values;
    }

    static Secrets of(StackFolder folder) {
        Properties values = Files.exists(folder.secrets()) ? StackFolder.read(folder.secrets()) : new Properties();
        int known = values.size();
        SecureRandom random = new SecureRandom();
        values.putIfAbsent(SUPERUSER, password(random));
        for (DatabaseRole role : DatabaseRole.values()) {
            values.putIfAbsent(role.roleName(), password(random));
        }
        values.putIfAbsent(CALLBACK, webhookSecret(random));
        values.putIfAbsent(KYC_CALLBACK, webhookSecret(random));
        values.putIfAbsent(PAYLOAD_KEYS, PayloadKeys.newEntry("dev-1"));
        // A stack of an earlier version lacks the newer ones, and keeps the others.
        if (values.size() > known) {
            StackFolder.write(folder.secrets(), values);
        }
        return new Secrets(folder, values);
    }

    public String passwordOf(DatabaseRole role) {
        return value(role.roleName());
    }

    String superuserPassword() {
        return value(SUPERUSER);
    }

    /** Signs the bank's callbacks; as Standard Webhooks writes secrets, {@code whsec_} and base64. */
    public String callbackSecret() {
        return value(CALLBACK);
    }

    /** Signs the KYC provider's callbacks, in the same manner. */
    public String kycCallbackSecret() {
        return value(KYC_CALLBACK);
    }

    /** What Temporal keeps is encrypted with, as api and worker take it. */
    public String payloadKeys() {
        return value(PAYLOAD_KEYS);
    }

    /** For api and worker when they start next; the others of this file stay. */
    public void changePayloadKeys(String ring) {
        values.setProperty(PAYLOAD_KEYS, ring);
        StackFolder.write(folder.secrets(), values);
    }

    private String value(String name) {
        String value = values.getProperty(name);
        if (value == null) {
            throw new StackException(
                    "The secrets of this stack lack " + name + "; start anew: temporal-dev/down --wipe.");
        }
        return value;
    }

    private static String webhookSecret(SecureRandom random) {
        return "whsec_" + Base64.getEncoder().encodeToString(bytes(random));
    }

    private static String password(SecureRandom random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(random));
    }

    private static byte[] bytes(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
