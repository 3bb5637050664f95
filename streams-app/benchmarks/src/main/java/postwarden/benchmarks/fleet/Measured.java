package postwarden.benchmarks.fleet;

/**
 * What one run took, the part after its warm-up.
 *
 * @param lines whose effects were committed in that part
 * @param read lines whose effects were committed since its start
 * @param seconds of that part, until all was through or its time was over
 * @param cpuSeconds of all processes of the contestant in that part
 * @param peakBytes most memory of its processes together, start and warm-up included; 0 where nobody knows
 * @param brokerBytes written to the broker in that part
 * @param stateBytes it had at the end; 0 where it has none
 * @param complete whether all lines of the load went through in time
 */
record Measured(
        long lines,
        long read,
        double seconds,
        double cpuSeconds,
        long peakBytes,
        long brokerBytes,
        long stateBytes,
        boolean complete) {

    double linesPerSecond() {
        return lines / seconds;
    }

    double linesPerCpuSecond() {
        return lines / cpuSeconds;
    }

    double cpuSecondsPerMillion() {
        return cpuSeconds / lines * 1e6;
    }

    double brokerBytesPerLine() {
        return (double) brokerBytes / lines;
    }
}
