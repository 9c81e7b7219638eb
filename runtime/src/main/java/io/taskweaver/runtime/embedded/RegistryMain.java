package io.taskweaver.runtime.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * Main class of the registry's process: runs the registry's application, and exits when the parent process dies. The
 * parent holds the other end of standard input and writes only the secret settings to it, since every user of the
 * machine can read a command line.
 */
final class RegistryMain {
    private static final String APPLICATION = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

    private RegistryMain() {}

    public static void main(String[] args) throws Throwable {
        try {
            readSettings();
        } catch (EOFException parentIsGone) {
            return;
        }
        Thread.ofPlatform().daemon().name("parent-watch").start(RegistryMain::exitWithParent);
        try {
            Class.forName(APPLICATION).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Input from the parent: the number of settings, then name and value of each. */
    static void writeSettings(Map<String, String> settings, OutputStream to) throws IOException {
        var out = new DataOutputStream(to);
        out.writeInt(settings.size());
        for (var setting : settings.entrySet()) {
            out.writeUTF(setting.getKey());
            out.writeUTF(setting.getValue());
        }
        out.flush();
    }

    private static void readSettings() throws IOException {
        var in = new DataInputStream(System.in);
        for (int left = in.readInt(); left > 0; left--) System.setProperty(in.readUTF(), in.readUTF());
    }

    @SuppressWarnings("SystemExitOutsideMain") // Main class; the thread only waits for the exit.
    private static void exitWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("The parent process can no longer be watched: " + e);
        }
        System.exit(0);
    }
}
