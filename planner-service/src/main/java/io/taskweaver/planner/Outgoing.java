package io.taskweaver.planner;

import org.apache.avro.specific.SpecificRecord;

/** An event to send, and the key to send it under; its topic follows from its type. */
record Outgoing(String key, SpecificRecord event) {}
