package io.taskweaver.code;

import io.taskweaver.model.Sentences;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A remote repository cannot be used. The message is sentences without line break and secret; the remedy says what to do. */
public final class RemoteException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 600;

    /** What it is about. */
    public enum Cause {
        /** It does not answer, or not in time: the same may succeed later. */
        UNREACHABLE("Nothing is lost; resume the plan to try again."),
        /** It wants other credentials. */
        CREDENTIALS(
                "Give the machine that pushes access: a credential helper of Git, an SSH key without passphrase (or in an"
                        + " agent), or a token in the environment (GITHUB_TOKEN or GH_TOKEN for GitHub, GITLAB_TOKEN for GitLab)."),
        /** There is no such repository, or whoever asks may not know of it. */
        MISSING("Check the address with git remote -v, and that the account may read and write there."),
        /** It does not accept what is pushed. */
        REJECTED(
                "Allow branches taskweaver/* there: a branch rule, a hook, a quota or a missing permission rejects them."),
        /** Git failed for another reason. */
        FAILED("Run the same Git command on that machine to see details.");

        private final String remedy;

        Cause(String remedy) {
            this.remedy = remedy;
        }
    }

    /** Signs in what git prints, and what they mean; the first that is found counts. */
    private record Sign(Cause cause, List<String> texts) {}

    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    Cause.UNREACHABLE,
                    List.of(
                            "could not resolve host",
                            "could not resolve hostname",
                            "failed to connect",
                            "couldn't connect",
                            "connection refused",
                            "connection timed out",
                            "operation timed out",
                            "connection reset",
                            "connection closed",
                            "network is unreachable",
                            "no route to host",
                            "early eof",
                            "unexpected disconnect",
                            "returned error: 429",
                            "returned error: 5",
                            "rpc failed",
                            "gnutls_handshake")),
            new Sign(
                    Cause.CREDENTIALS,
                    List.of(
                            "authentication failed",
                            "could not read username",
                            "could not read password",
                            "terminal prompts disabled",
                            "permission denied (",
                            "host key verification failed",
                            "returned error: 401",
                            "returned error: 403",
                            "invalid credentials",
                            "access denied")),
            new Sign(
                    Cause.MISSING,
                    List.of(
                            "repository not found",
                            "does not appear to be a git repository",
                            "does not exist",
                            "returned error: 404",
                            "not found")),
            new Sign(
                    Cause.REJECTED,
                    List.of("remote rejected", "declined", "protected branch", "[rejected]", "permission denied")));

    private final Cause cause;

    private RemoteException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    /**
     * What git printed, in plain words.
     *
     * @param what was tried, such as "push to origin"
     */
    static RemoteException of(String what, String printed) {
        var lower = printed.toLowerCase(Locale.ROOT);
        var found = SIGNS.stream()
                .filter(sign -> sign.texts().stream().anyMatch(lower::contains))
                .map(Sign::cause)
                .findFirst()
                .orElse(Cause.FAILED);
        return new RemoteException(found, sentence(what, shortened(printed)));
    }

    static RemoteException late(String what, String reason) {
        return new RemoteException(Cause.UNREACHABLE, sentence(what, reason));
    }

    private static String sentence(String what, String reason) {
        return Sentences.ended("The " + what + " failed" + (reason.isBlank() ? "" : ": " + reason));
    }

    private static String shortened(String printed) {
        var line = String.join(
                " / ",
                printed.lines()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty() && !text.startsWith("hint:"))
                        .toList());
        // Git names an address as it was asked for, also one with a password that a configuration put in its place.
        var clean = line.replaceAll("(://)[^/@\\s']*@", "$1");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "..." : clean;
    }

    public Cause reason() {
        return cause;
    }

    /** Whether the same may succeed a moment later. */
    public boolean isTransient() {
        return cause == Cause.UNREACHABLE;
    }

    /** What to do. */
    public String remedy() {
        return cause.remedy;
    }
}
