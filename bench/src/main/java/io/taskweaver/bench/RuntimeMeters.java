package io.taskweaver.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * The meters of a runtime, seen from another process of the same user. The JVM's attach mechanism opens them while they are
 * looked at; the runtime itself has no port for it.
 */
public final class RuntimeMeters implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ProcessHandle process;
    private final JMXConnector connector;

    private RuntimeMeters(ProcessHandle process, JMXConnector connector) {
        this.process = process;
        this.connector = connector;
    }

    /** Opens those of a process. */
    @SuppressWarnings("BanJNDI") // The address comes from the JVM that was attached to, and is of this machine.
    public static RuntimeMeters of(ProcessHandle process) throws IOException {
        try {
            var jvm = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                var address = new JMXServiceURL(jvm.startLocalManagementAgent());
                return new RuntimeMeters(process, JMXConnectorFactory.connect(address));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("The JVM " + process.pid() + " does not let its meters be read.", e);
        }
    }

    /** What the broker counted so far. */
    public BrokerCounters counters() throws IOException {
        return BrokerCounters.read(connector.getMBeanServerConnection());
    }

    /** The same, when nothing has been written for a moment but what time writes. */
    public BrokerCounters quietCounters() throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        var last = counters();
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET.toNanos()) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("The runtime has written for " + LIMIT + " without a pause.");
            LockSupport.parkNanos(PAUSE.toNanos());
            var now = counters();
            if (!now.ofWork().records().equals(last.ofWork().records())) since = System.nanoTime();
            last = now;
        }
        return last;
    }

    /** Processor time of the process so far, without that of its children. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
