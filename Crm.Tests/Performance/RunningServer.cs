using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Crm.Tests.Performance;

/// <summary>A program that serves on a port of this machine until it is disposed.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly Process _process;

    private RunningServer(Process process, int port, TimeSpan start) => (_process, Port, Start) = (process, port, start);

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>From nothing to the first page.</summary>
    public TimeSpan Start { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="firstPage">Asked for as soon as the program says that it listens.</param>
    /// <param name="arguments">By the port that it is to serve on.</param>
    public static async Task<RunningServer> RunAsync(string program, string firstPage, Func<int, string[]> arguments)
    {
        var port = FreePort();
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo(program, arguments(port)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        // It says so itself: to ask again and again would take from it what it is measured by.
        var listens = new TaskCompletionSource();
        process.OutputDataReceived += (_, line) => _ = line.Data?.Contains("Now listening on", StringComparison.Ordinal) == true && listens.TrySetResult();
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(listens.Task, process.WaitForExitAsync()).WaitAsync(TimeSpan.FromMinutes(1));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var answer = await client.GetAsync(firstPage);
        answer.EnsureSuccessStatusCode();
        return new RunningServer(process, port, watch.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
