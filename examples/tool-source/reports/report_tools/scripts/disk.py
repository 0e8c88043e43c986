import shutil

total, used, free = shutil.disk_usage("/")
print("%.1f GiB of %.1f GiB used (%d %%)" % (used / 2**30, total / 2**30, 100 * used / total))
