package io.taskweaver.wire.connection;

/** Paths of a registry's REST APIs. */
public final class RegistryPaths {
    private static final String OWN_API = "/apis/registry/v3";
    private static final String CONFLUENT_API = "/apis/ccompat/v7";

    private RegistryPaths() {}

    /** Base URL of Confluent's API, given that or the one of the registry's own API. */
    public static String confluent(String registryUrl) {
        var trimmed = registryUrl.replaceAll("/+$", "");
        return trimmed.endsWith(OWN_API)
                ? trimmed.substring(0, trimmed.length() - OWN_API.length()) + CONFLUENT_API
                : trimmed;
    }

    static String subjects(String registryUrl) {
        return confluent(registryUrl) + "/subjects";
    }
}
