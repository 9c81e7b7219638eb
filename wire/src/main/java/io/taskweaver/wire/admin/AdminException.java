package io.taskweaver.wire.admin;

import io.taskweaver.wire.connection.ConnectionProblem;
import org.jspecify.annotations.Nullable;

/** Why topics and schemas could not be prepared. The message has the cause, {@link #hint()} the remedy. */
public abstract sealed class AdminException extends RuntimeException {
    private final String hint;

    private AdminException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** The remedy. */
    public String hint() {
        return hint;
    }

    /** The broker cannot be used, for a reason unrelated to topics. */
    public static final class BrokerUnreachable extends AdminException {
        BrokerUnreachable(ConnectionProblem problem, @Nullable Throwable cause) {
            super(problem.message(), problem.hint(), cause);
        }
    }

    /** The broker refused a topic or a setting. */
    public static final class BrokerRefused extends AdminException {
        BrokerRefused(String what, @Nullable Throwable cause) {
            super(
                    what + " was refused by the broker: " + (cause == null ? "" : cause.getMessage()),
                    "Check the rights of this user, the broker's limits and the number of its replicas.",
                    cause);
        }
    }

    /** The registry does not answer, or refuses the login. */
    public static final class RegistryUnreachable extends AdminException {
        RegistryUnreachable(ConnectionProblem problem, @Nullable Throwable cause) {
            super(problem.message(), problem.hint(), cause);
        }
    }

    /** The registry answered with an error. */
    public static final class RegistryRefused extends AdminException {
        RegistryRefused(String what, int status, String answer) {
            super(
                    what + " was refused by the registry: " + status + " " + answer,
                    "Check the rights of this user and the registry's log.",
                    null);
        }
    }

    /** The registry has a schema whose data this version cannot read. */
    public static final class SchemaIncompatible extends AdminException {
        SchemaIncompatible(String subject, String reasons) {
            super(
                    "The schema of " + subject + " in the registry is not compatible with the one of this version: "
                            + reasons,
                    "The registry is used by another version. Use that version, another topic prefix, or another registry.",
                    null);
        }
    }
}
