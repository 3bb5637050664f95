package postwarden.stream;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import postwarden.detect.Report;
import postwarden.incident.Alert;
import postwarden.incident.Heard;
import postwarden.incident.Incident;
import postwarden.incident.IncidentDesk;
import postwarden.incident.Settled;
import postwarden.incident.Waiting;
import postwarden.policy.Allowance;
import postwarden.policy.Allowances;
import postwarden.policy.Decision;
import postwarden.policy.Saying;
import postwarden.stream.codec.Codec;
import postwarden.stream.codec.DeskRecord;
import postwarden.stream.codec.IncidentCodec;
import postwarden.stream.codec.StateCodecs;

/**
 * Where all reports of a tenant meet: holds them until their pane is complete, and lets the desk decide. Reports are rare, so
 * each record writes what it changed.
 */
final class DeskNode implements Processor<String, byte[], String, Alert> {
    private final Settings settings;
    private final DeskMeters meters;
    private final Meters all;
    private final TaskMemory memory;
    private final DeskMeters.Open open;
    private ProcessorContext<String, Alert> context;
    private StoreMemory<String, Incident> incidents;
    private StoreMemory<String, List<Report>> reports;
    private StoreMemory<String, Settled> parts;
    private StoreMemory<String, Allowance> policies;
    private Allowances allowances;
    private Waiting waiting;
    private IncidentDesk desk;

    DeskNode(Settings settings, Meters meters) {
        this.settings = settings;
        all = meters;
        this.meters = meters.desk();
        memory = meters.deskMemory();
        open = this.meters.new Open();
    }

    @Override
    public void init(ProcessorContext<String, Alert> initial) {
        context = initial;
        incidents = memory(Stores.INCIDENTS, Codec.ofBytes(IncidentCodec::encode, IncidentCodec::decode));
        reports = memory(Stores.WAITING, StateCodecs.REPORTS);
        parts = memory(Stores.PARTS, StateCodecs.SETTLED);
        waiting = new Waiting(parts, reports);
        policies = memory(Stores.POLICIES, StateCodecs.ALLOWANCE);
        allowances = new Allowances(policies, settings.allowances());
        desk = new IncidentDesk(incidents, allowances, settings.desk(), settings.configDigest());
        open.begin(desk.open());
    }

    @Override
    public void process(Record<String, byte[]> record) {
        DeskRecord read = DeskRecord.decode(record.value());
        if (read instanceof DeskRecord.Told told) {
            meters.taken();
            waiting.add(told.report());
        } else if (read instanceof DeskRecord.Passed passed) {
            waiting.settled(passed.settled());
        } else if (read instanceof DeskRecord.Decided decided) {
            decided(decided.decision(), record.timestamp());
        } else if (read instanceof DeskRecord.Forgotten forgotten) {
            allowances.remove(forgotten.tenant(), forgotten.id());
        }
        for (Waiting.Due due : waiting.due(record.key())) {
            long heldBack = desk.heldBack();
            desk.decide(due.pane(), due.reports()).forEach(alert -> tell(alert, record.timestamp()));
            meters.heldBack(desk.heldBack() - heldBack);
        }
        all.ended(waiting.hasEnded(record.key()));
        long room = settings.stream().bounds().heapRoom();
        incidents.flush(room);
        reports.flush(room);
        parts.flush(room);
        policies.flush(room);
        memory.now(0, incidents.restedBytes() + reports.restedBytes() + parts.restedBytes() + policies.restedBytes());
    }

    private void decided(Decision decision, long timestamp) {
        if (decision instanceof Allowance allowance) {
            allowances.put(allowance);
        } else if (decision instanceof Saying saying) {
            Heard heard = desk.hear(saying);
            meters.heard(heard.outcome());
            heard.told().ifPresent(alert -> tell(alert, timestamp));
        }
    }

    private void tell(Alert alert, long timestamp) {
        meters.decided(alert, timestamp, context.currentSystemTimeMs());
        open.after(alert);
        context.forward(new Record<>(alert.incidentId(), alert, timestamp));
    }

    @Override
    public void close() {
        memory.end();
        open.end();
    }

    private <V> StoreMemory<String, V> memory(String store, Codec<V> values) {
        KeyValueStore<Bytes, byte[]> kept = context.getStateStore(store);
        return new StoreMemory<>(kept, Codec.TEXT, values);
    }
}
