using System.Diagnostics;
using System.Text;

namespace FundingFlows.Support;

/// <summary>A program beside the tests that is killed with this process, however that ends: what holds the leash waits for the end of its standard input.</summary>
public sealed class LeashedProcess : IAsyncDisposable
{
    /// <summary>Starts "$@", kills it when standard input ends, and ends when it has ended.</summary>
    private const string Script = """
        trap '' INT
        exec 3<&0
        "$@" 3<&- </dev/null &
        program=$!
        { read -r end <&3 || true; kill -KILL $program 2>/dev/null; } &
        wait $program
        code=$?
        kill -KILL $! 2>/dev/null
        exit $code
        """;

    private readonly Process holder;
    private readonly StringBuilder said = new();

    private LeashedProcess(Process holder) => this.holder = holder;

    public bool HasEnded => holder.HasExited;

    /// <summary>What it has printed, to output and errors.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    public static LeashedProcess Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])["-c", Script, "sh", program, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var self = new LeashedProcess(new Process { StartInfo = start });
        self.holder.OutputDataReceived += (_, line) => self.Hear(line.Data);
        self.holder.ErrorDataReceived += (_, line) => self.Hear(line.Data);
        self.holder.Start();
        self.holder.BeginOutputReadLine();
        self.holder.BeginErrorReadLine();
        return self;
    }

    /// <summary>Kills it, if it has not ended, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        holder.StandardInput.Close();
        await holder.WaitForExitAsync();
        holder.Dispose();
    }

    private void Hear(string? line)
    {
        lock (said)
            said.AppendLine(line);
    }
}
