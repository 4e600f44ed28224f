using System.Diagnostics;
using System.Threading.Channels;
using FundingFlows.Crashing;

namespace FundingFlows.Journal.Tests;

/// <summary>A process of its own that writes to journals and says what was acknowledged. It ends with this one at the latest.</summary>
internal sealed class Writer : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly Task heard;
    private readonly Task<string> errors;

    private Writer(Process process)
    {
        this.process = process;
        heard = Task.Run(HearAsync);
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    /// <summary>Starts it. It does nothing before it is told what to do.</summary>
    /// <param name="before">A command to start it through.</param>
    public static Writer Start(params string[] before)
    {
        string[] command = [.. before, "dotnet", Path.Combine(AppContext.BaseDirectory, "FundingFlows.Crashing.dll")];
        return new Writer(Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    public void Go(params IEnumerable<Plan> plans) => Tell([.. plans.Select(plan => plan.ToString()), "go"]);

    public void Tell(params IEnumerable<string> words)
    {
        process.StandardInput.Write(string.Concat(words.Select(line => line + "\n")));
        process.StandardInput.Flush();
    }

    /// <summary>The next thing that it says. Null: it has ended.</summary>
    public async Task<string?> NextAsync()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(Longest);
        return await lines.Reader.WaitToReadAsync(enough.Token) && lines.Reader.TryRead(out var line) ? line : null;
    }

    /// <summary>Waits until it has said so often what begins so, and answers with all that it said until then.</summary>
    public async Task<List<string>> SaidAsync(string begin, int often = 1)
    {
        var said = new List<string>();
        while (often > 0 && await NextAsync() is { } line)
        {
            said.Add(line);
            if (line.StartsWith(begin, StringComparison.Ordinal))
                often--;
        }
        if (often <= 0)
            return said;
        throw new InvalidOperationException($"The writer ended with {await EndedAsync()} before it said \"{begin}\": {string.Join('\n', said.TakeLast(5))}\n{await errors}");
    }

    /// <summary>Ends it with SIGKILL.</summary>
    public void Kill() => process.Kill();

    /// <summary>Waits for its end, and answers with its exit code: 128 and the signal, where that ended it.</summary>
    public async Task<int> EndedAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Longest, TestContext.Current.CancellationToken);
        await heard;
        return process.ExitCode;
    }

    /// <summary>What it said and nobody has read yet, once it has ended.</summary>
    public async Task<List<string>> RestAsync()
    {
        await EndedAsync();
        return Said();
    }

    /// <summary>What it said so far and nobody has read yet.</summary>
    public List<string> Said()
    {
        var said = new List<string>();
        while (lines.Reader.TryRead(out var line))
            said.Add(line);
        return said;
    }

    public Task<string> ErrorsAsync() => errors;

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>A line that was cut off by the end of the process was never said.</summary>
    private async Task HearAsync()
    {
        var text = new System.Text.StringBuilder();
        var buffer = new char[4_096];
        while (await process.StandardOutput.ReadAsync(buffer) is > 0 and var count)
            foreach (var letter in buffer.AsMemory(0, count).ToArray())
                if (letter == '\n')
                {
                    lines.Writer.TryWrite(text.ToString());
                    text.Clear();
                }
                else
                    text.Append(letter);
        lines.Writer.Complete();
    }
}
