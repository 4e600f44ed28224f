using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>The local host as a user starts it (or another program that starts the same services): its own process, and those that it starts.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private const int InterruptSignal = 2;
    private const int ContinueSignal = 18;
    private const int StopSignal = 19;
    private const char Stopped = 'T';

    private static readonly TimeSpan LongestYear = TimeSpan.FromMinutes(3);
    private readonly Process process;
    private readonly TimeSpan longest;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private LocalHost(Process process, TimeSpan longest) => (this.process, this.longest) = (process, longest);

    /// <summary>Where the local host was built.</summary>
    public static string Folder { get; } = FolderOf("Local");

    public int Id => process.Id;

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public string Errors
    {
        get
        {
            lock (errors)
                return errors.ToString();
        }
    }

    /// <param name="project">Which program: the local host, or another.</param>
    /// <param name="longest">How long it may take for all that is waited for here. Null: as long as a sample year.</param>
    public static LocalHost Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string project = "Local", TimeSpan? longest = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add(Path.Combine(FolderOf(project), $"FundingFlows.{project}.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var host = new LocalHost(new Process { StartInfo = start }, longest ?? LongestYear);
        host.process.OutputDataReceived += (_, line) => Add(host.output, line.Data);
        host.process.ErrorDataReceived += (_, line) => Add(host.errors, line.Data);
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Runs it to its end, and answers with its exit code.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using var host = Start(arguments);
        return (await host.EndAsync(), host.Output, host.Errors);
    }

    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(longest);
        return process.ExitCode;
    }

    /// <summary>Waits until it has printed a text. Throws when it ends before.</summary>
    public async Task SaidAsync(string text)
    {
        var end = TimeProvider.System.GetUtcNow() + longest;
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (process.HasExited || TimeProvider.System.GetUtcNow() > end)
                throw new TimeoutException($"The host never said '{text}'. Output:\n{Output}\n{Errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static string FolderOf(string project) =>
        Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.FullName, project, new DirectoryInfo(AppContext.BaseDirectory).Name);

    public void Kill() => process.Kill(entireProcessTree: false);

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Send(process.Id, InterruptSignal);

    /// <summary>
    /// Stops it while one of its services stands still, so that it cannot let that go on. False: none stands still, and it goes on.
    /// </summary>
    public bool StopsWhileItHolds(string data)
    {
        if (!ProcessesOf(data).Any(IsStopped))
            return false;
        Send(process.Id, StopSignal);
        if (ProcessesOf(data).Any(IsStopped))
            return true;
        GoOn();
        return false;
    }

    /// <summary>Lets it go on.</summary>
    public void GoOn() => Send(process.Id, ContinueSignal);

    /// <summary>Sends a signal to a process.</summary>
    public static void Send(int id, int signal)
    {
        if (Signal(id, signal) != 0)
            throw new InvalidOperationException($"No signal could be sent: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Whether a process stands still.</summary>
    public static bool IsStopped(int id)
    {
        try
        {
            // Behind the name in brackets.
            var line = File.ReadAllText($"/proc/{id}/stat");
            return line[line.LastIndexOf(')') + 2] == Stopped;
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return false;
        }
    }

    /// <summary>The processes that have a folder's name in their command line: the services of a run that keeps its data there.</summary>
    public static IReadOnlyList<int> ProcessesOf(string data)
    {
        // Read where the system keeps them: not every machine has the program ps.
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var id) && CommandLineOf(folder) is var line
                && line.Contains(data, StringComparison.Ordinal) && line.Contains("FundingFlows.", StringComparison.Ordinal))
                found.Add(id);
        return found;
    }

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    /// <summary>Waits until none of them is left.</summary>
    public static Task NothingLeftAsync(string data) => Wait.UntilAsync(() => ProcessesOf(data).Count == 0, "that no process is left");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        lock (text)
            if (line is not null)
                text.AppendLine(line);
    }
}
