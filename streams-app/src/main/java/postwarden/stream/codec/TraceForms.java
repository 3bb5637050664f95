package postwarden.stream.codec;

import java.util.List;
import postwarden.correlate.CopiedLine;
import postwarden.correlate.Trace;
import postwarden.tally.Packer;

/** Writes each kind of trace behind its number; numbers are never given twice; 3 was an older form of 8, and 9 of 11. */
record TraceForms(Packer out) implements Trace.Cases<Packer> {

    @Override
    public Packer session(Trace.Session trace) {
        return out.number(1)
                .number(trace.time())
                .number(trace.began())
                .text(trace.clientIp())
                .text(trace.clientHostname())
                .text(trace.service())
                .number(trace.failures())
                .text(trace.account());
    }

    @Override
    public Packer openSessions(Trace.OpenSessions trace) {
        return out.number(2)
                .number(trace.time())
                .number(trace.period())
                .number(trace.current())
                .number(trace.previous());
    }

    @Override
    public Packer submissions(Trace.Submissions trace) {
        out.number(4).number(trace.time()).number(trace.commands().size());
        trace.commands()
                .forEach(command -> out.number(command.time())
                        .text(command.workingDirectory())
                        .text(command.arguments()));
        return out;
    }

    @Override
    public Packer seen(Trace.Seen trace) {
        return out.number(5).number(trace.time()).text(trace.file());
    }

    @Override
    public Packer troubles(Trace.Troubles trace) {
        return out.number(6)
                .number(trace.time())
                .number(trace.relays())
                .text(trace.reason().name())
                .flag(trace.early())
                .text(trace.lastRelayIp())
                .text(trace.lastReason().name());
    }

    @Override
    public Packer outbound(Trace.Outbound trace) {
        out.number(7).number(trace.time()).number(trace.uses().size());
        trace.uses().forEach(use -> out.number(use.start()).number(use.end()).flag(use.good()));
        return out;
    }

    @Override
    public Packer tried(Trace.Tried trace) {
        out.number(8).number(trace.time()).number(trace.told().size());
        trace.told()
                .forEach(told -> out.number(told.time())
                        .number(told.tellers())
                        .text(told.account())
                        .number(told.session())
                        .flag(told.client()));
        return out;
    }

    @Override
    public Packer copies(Trace.Copies trace) {
        List<CopiedLine> lines = trace.told().lines();
        // All within a second or so of each other.
        out.number(11).number(trace.time()).number(trace.time()).number(lines.size());
        lines.forEach(line -> out.number(line.time() - trace.time())
                .fixed(line.hash())
                .number(line.pid())
                .number(line.files()));
        return out;
    }

    @Override
    public Packer files(Trace.Files trace) {
        return out.number(12).number(trace.time()).number(trace.file()).number(trace.switched());
    }

    @Override
    public Packer relay(Trace.Relay trace) {
        return out.number(10).number(trace.time()).number(trace.providers());
    }

    @Override
    public Packer refused(Trace.Refused trace) {
        return out.number(13).number(trace.time()).text(trace.account()).number(trace.other());
    }

    @Override
    public Packer habit(Trace.Habit trace) {
        return out.number(14).number(trace.time());
    }
}
