package io.taskweaver.scheduling.planning;

import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.stream.Stream;

/**
 * A concern that cuts across parts of a product, with the foundation that they rest on for it. Hardly any document asks for one by itself. Phrases are in the singular and in lower
 * case, as {@link io.taskweaver.requirements.text.Words#singulars} gives words.
 */
enum CrossCuttingConcern {
    CONFIGURATION(
            "Configuration",
            "Read the settings of all parts in one place",
            "One place reads every setting, checks it when the program starts, and gives it to the parts that ask for it.",
            List.of(
                    "Every setting has a name, a type and a default, and is documented once.",
                    "A missing or invalid setting stops the start with a message that names it."),
            List.of("configuration", "config", "setting", "setting management", "configuration management"),
            List.of(
                    "configuration management",
                    "configuration file",
                    "config file",
                    "load configuration",
                    "read configuration"),
            Words.phrases("""
                configurable, configured, environment variable, config file, configuration file,
                configuration option, configuration setting, configuration parameter, feature flag
                """)),
    AUTHENTICATION(
            "Authentication",
            "Authenticate and authorize callers",
            "One place finds out who calls and decides what they may do; other parts ask it and decide nothing themselves.",
            List.of(
                    "A caller without valid credentials is refused.",
                    "A caller without the permission that an operation needs is refused, and the operation does nothing."),
            Words.phrases("""
                authentication, auth, authorization, identity, access control, user authentication, auth service,
                authentication service, login
                """),
            Words.phrases("""
                log in, login, sign in, sign on, authentication, authenticate, sso, oauth, oauth2, access control
                """),
            Words.phrases("""
                authenticated, unauthenticated, logged in, signed in, authorized, unauthorized, login required,
                require login, require authentication, require authorization, access token, bearer token,
                role based, access control, permission
                """)),
    ERROR_FORMAT(
            "Error format",
            "Report errors in one form",
            "One form of errors for all parts: a code for programs, a message for people, and what to do about it.",
            List.of(
                    "Every part reports what goes wrong in this form.",
                    "No error shows internals such as stack traces or credentials."),
            List.of("error format", "error handling", "error", "error model"),
            List.of(
                    "error handling",
                    "error format",
                    "error model",
                    "exception handling",
                    "handle error",
                    "problem detail"),
            Stream.concat(
                            Stream.of(
                                    "error message",
                                    "error response",
                                    "error code",
                                    "validation error",
                                    "return an error",
                                    "meaningful error",
                                    "clear error"),
                            Stream.of("400", "401", "403", "404", "409", "410", "415", "422", "429")
                                    .flatMap(status -> Stream.of("return ", "http ", "status ", "code ")
                                            .map(word -> word + status)))
                    .toList()),
    /** Who names an entity needs it. */
    DATA_MODEL(
            "Data model",
            "Define the data that parts share",
            "One definition of what several parts store and exchange; they use it and define none of their own.",
            List.of(
                    "Each kind of data has an identity and the attributes that the requirements name.",
                    "No other part defines a type of its own for one of them."),
            List.of("data model", "domain model", "model", "entity", "schema", "database", "persistence"),
            Words.phrases("""
                data model, domain model, entity model, database schema, db schema, table schema, data schema,
                database table, data structure, define entity
                """),
            List.of());

    /** Name of the component that it is. */
    private final String id;

    final String component;

    final String title;
    final String text;
    final List<String> criteria;
    /** Names of components that are it. */
    final List<String> names;
    /** Phrases in the title of what provides it. */
    final List<String> provided;
    /** Phrases of what needs it. */
    final List<String> needed;

    CrossCuttingConcern(
            String component,
            String title,
            String text,
            List<String> criteria,
            List<String> names,
            List<String> provided,
            List<String> needed) {
        this.id = "foundation-" + TaskIds.slug(component);
        this.component = component;
        this.title = title;
        this.text = text;
        this.criteria = criteria;
        this.names = names;
        this.provided = provided;
        this.needed = needed;
    }

    /** Stays the same whatever the document says around it. */
    String id() {
        return id;
    }
}
