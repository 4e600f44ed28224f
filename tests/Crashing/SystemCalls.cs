using System.Runtime.InteropServices;

namespace FundingFlows.Crashing;

/// <summary>
/// Makes the kernel answer the calls that sync a file, for this process and for good, by a filter (seccomp, Linux): what fails
/// is the call that the store makes, and nothing that stands in for it.
/// </summary>
internal static unsafe partial class SystemCalls
{
    private const int StopSignal = 19;
    private const int NoNewPrivileges = 38;
    private const int FilterMode = 1;
    private const int AllThreads = 1;
    private const uint Kill = 0x8000_0000;
    private const uint Fail = 0x0005_0000;
    private const uint Allow = 0x7fff_0000;
    private const uint InputOutputError = 5;

    /// <summary>From now on no file can be synced: the system says EIO.</summary>
    public static void FailSync() => Filter(Fail | InputOutputError, []);

    /// <summary>The same for one file, as this process has it open now.</summary>
    public static void FailSync(string path) => Filter(
        Fail | InputOutputError,
        [.. Directory.GetFiles("/proc/self/fd").Where(link => File.ResolveLinkTarget(link, false)?.FullName == path).Select(link => uint.Parse(Path.GetFileName(link), System.Globalization.CultureInfo.InvariantCulture))]);

    /// <summary>The next call that syncs a file ends the process.</summary>
    public static void DieAtSync() => Filter(Kill, []);

    /// <summary>Stops all of this process, until somebody sends SIGCONT.</summary>
    public static void Pause()
    {
        // To this very thread: another might be stopped first, and this one go on into the append.
        if (Raise(StopSignal) != 0)
            throw new InvalidOperationException($"{Marshal.GetLastPInvokeError()}");
    }

    /// <param name="descriptors">Of which files. None: of all.</param>
    private static void Filter(uint answer, uint[] descriptors)
    {
        var (seccomp, sync, dataSync) = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => (317, 74u, 75u),
            Architecture.Arm64 => (277, 82u, 83u),
            var other => throw new PlatformNotSupportedException($"{other}"),
        };
        // The number of the call is loaded; if it is neither of the two, or its first argument none of the descriptors, it passes.
        var all = descriptors.Length == 0;
        var toPass = (byte)(all ? 2 : descriptors.Length + 1);
        Step[] steps =
        [
            new(0x20, 0, 0, 0), new(0x15, 1, 0, sync), new(0x15, 0, toPass, dataSync), new(0x20, 0, 0, 16),
            .. descriptors.Select((descriptor, i) => new Step(0x15, (byte)(descriptors.Length - i), 0, descriptor)),
            new(0x06, 0, 0, all ? answer : Allow), new(0x06, 0, 0, all ? Allow : answer),
        ];
        fixed (Step* first = steps)
        {
            var program = new Program { Length = (ushort)steps.Length, Steps = first };
            if (Control(NoNewPrivileges, 1, 0, 0, 0) != 0 || Call(seccomp, FilterMode, AllThreads, &program) != 0)
                throw new InvalidOperationException($"The kernel takes no filter: {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "raise", SetLastError = true)]
    private static partial int Raise(int signal);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, ulong first, ulong second, ulong third, ulong fourth);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long Call(long number, ulong mode, ulong flags, Program* program);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Step(ushort code, byte ifTrue, byte ifFalse, uint value)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Value = value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Step* Steps;
    }
}
