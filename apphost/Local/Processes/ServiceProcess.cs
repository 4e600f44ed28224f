using System.Diagnostics;

namespace FundingFlows.Local;

/// <summary>
/// One instance as a process. It ends when its standard input ends, which the system sees to however this host dies; what it
/// says goes to a log file.
/// </summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process process;
    private readonly StreamWriter log;

    private ServiceProcess(Process process, StreamWriter log)
    {
        this.process = process;
        this.log = log;
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public int ExitCode => process.ExitCode;

    public Task Ended => process.WaitForExitAsync();

    /// <summary>Starts a service. Throws <see cref="LocalException"/> when it was not built.</summary>
    public static ServiceProcess Start(ServiceKind service, string settingsFile, string logFile, bool isFrugal)
    {
        var program = BuiltProgram.PathOf($"{service}", $"FundingFlows.{service}");
        var start = new ProcessStartInfo(BuiltProgram.Dotnet)
        {
            ArgumentList = { program, "--FundingFlowsSettings", settingsFile },
            WorkingDirectory = Path.GetDirectoryName(program)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (isFrugal)
            BeFrugal(start.Environment);
        // Settings are read once. Watching their files would take one of the few watches that a system gives to one user.
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var log = new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Write(log, line.Data);
        process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServiceProcess(process, log);
    }

    /// <summary>Asks it to end, by ending its standard input.</summary>
    public void AskToEnd()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    /// <summary>
    /// Ends it at once, as a power cut would. It alone, for it starts no others: a whole tree is stopped first (SIGSTOP), and would stand still for ever if
    /// this host died before it went on to kill it.
    /// </summary>
    public void Kill()
    {
        if (!process.HasExited)
            process.Kill();
    }

    public void Dispose()
    {
        process.Dispose();
        log.Dispose();
    }

    private static void BeFrugal(IDictionary<string, string?> environment)
    {
        // Many small processes on one machine: less memory is worth more than the last bit of speed.
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_GCgen0size"] = "400000";
        environment["DOTNET_TieredPGO"] = "0";
        // And the busy first seconds are better spent on work than on compiling it a second time. (Hexadecimal, as all of these.)
        environment["DOTNET_TC_CallCountingDelayMs"] = "2710";
        // Nor on mapping all compiled code twice: that guards what is open to attack, and these listen on this machine alone.
        environment["DOTNET_EnableWriteXorExecute"] = "0";
    }

    private static void Write(StreamWriter log, string? line)
    {
        if (line is null)
            return;
        lock (log)
        {
            if (log.BaseStream.CanWrite)
                log.WriteLine(line);
        }
    }
}
